#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
once | expect '^built on 12\.'
