module example.test/where

go 1.24
