#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
start
fetch 8000 /soup | expect '^tomato soup$'
output | expect 'the kitchen is open'
