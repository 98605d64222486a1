#!/bin/sh
# SPDX-License-Identifier: MIT
# Shows an echo server and a client, both written in .aco, talking over TCP on a port that the system chose.
# usage: demo.sh FOLDER-OF-BUILT-EXAMPLES
set -eu
folder=$1
log=$(mktemp)
"$folder/07_echo_server" >"$log" &
server=$!
trap 'kill $server 2>/dev/null || true; rm -f "$log"' EXIT
tries=0
until grep -q listening "$log"; do
    tries=$((tries + 1))
    [ $tries -lt 200 ] || { echo "the server does not listen" >&2; exit 1; }
    sleep 0.05
done
port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\)$/\1/p' "$log")
echo "compiled examples/07_echo_server.aco and examples/08_echo_client.aco with build/acoc"
"$folder/08_echo_client" "$port" "Hello World!" "How are you?" "Goodbye." | sed 's/^/client | /'
sleep 0.1
sed 's/^/server | /' "$log"
