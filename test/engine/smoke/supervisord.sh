#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
start
inside bash -c 'for _ in $(seq 50); do { read -r line </dev/tcp/127.0.0.1/9000; } 2>/dev/null && [[ $line == reading* ]] && break; sleep .2; done; echo "$line"' | expect '^reading [0-9]'
output | expect 'station is open'
