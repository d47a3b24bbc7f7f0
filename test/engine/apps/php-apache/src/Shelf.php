<?php
namespace Shop;

class Shelf
{
    public function __construct(private \PDO $store)
    {
        $store->exec('CREATE TABLE IF NOT EXISTS item (name TEXT)');
    }

    public function put(string $name): int
    {
        $this->store->prepare('INSERT INTO item VALUES (?)')->execute([$name]);
        return (int) $this->store->query('SELECT COUNT(*) FROM item')->fetchColumn();
    }
}
