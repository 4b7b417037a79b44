#!/bin/sh
# exec supaya yang jadi server benar-benar ncat
exec ncat --listen --keep-open --exec /bin/cat "$1" "$2"
