<?php
require __DIR__ . '/../vendor/autoload.php';

$shelf = new Shop\Shelf(new PDO('sqlite:' . __DIR__ . '/../shelf.sqlite'));
echo $_SERVER['REQUEST_URI'], ': ', $shelf->put('cup'), " on the shelf\n";
