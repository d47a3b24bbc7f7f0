#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
once | expect '^on trixie$'
