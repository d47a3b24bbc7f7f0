#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
once | expect '^Tout commença un jeudi, 1,5$'
