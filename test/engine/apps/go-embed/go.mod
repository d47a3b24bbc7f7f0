module example.test/menu

go 1.24
