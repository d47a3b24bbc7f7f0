#!/bin/bash
set -e
OUT=$1
go build -o "$OUT" .
