#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
once | expect '^text/plain$'
once /usr/local/bin/kind | expect '^application/x-(pie-)?executable$'
