#!/usr/bin/env bash
. "$(dirname "$0")/container.sh"
once | expect '^patience: all things come to those who wait$'
