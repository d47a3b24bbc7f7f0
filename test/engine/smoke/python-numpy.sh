#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
once | expect '^solved \[1.0, 1.0\]$'
once | expect '^twice 2.5$'
