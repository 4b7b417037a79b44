#!/bin/bash
# client HOST PORT PESAN
exec 3<>"/dev/tcp/$1/$2" || exit 1
printf '%s' "$3" >&3
if IFS= read -r -d . jawab <&3; then
    printf 'Balasan: %s.\n' "$jawab"
else
    echo "server menutup koneksi" >&2
    exit 1
fi
