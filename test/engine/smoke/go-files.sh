#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
once | expect '^at 09:00 JST trusting nobody: false$'
once | expect '^Guten Tag, Ada$'
