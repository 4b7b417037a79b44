cd program || exit 1
python3 jalan.py "$1" "$2"
