#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
once | expect '^circle 12.5664$'
