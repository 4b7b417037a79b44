#!/bin/sh
# kirim.sh HOST PORT PESAN - pakai socat, lalu bandingkan panjangnya
case $1 in *:*) host="[$1]" ;; *) host=$1 ;; esac
hasil=$(mktemp)
printf '%s' "$3" | socat -t 5 - "TCP:$host:$2" > "$hasil" || exit 1
cat "$hasil"
if [ "$(wc -c < "$hasil")" -ne "$(printf '%s' "$3" | wc -c)" ]; then
    echo 'balasan tidak lengkap' >&2
    exit 1
fi
