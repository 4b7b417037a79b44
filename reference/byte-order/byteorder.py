"""A number in two bytes, in both orders: byteorder.py N"""
import sys

MOST = 65535  # what two bytes can hold


def show(data):
    return " ".join(f"0x{byte:02x}" for byte in data)


def main():
    try:
        number = int(sys.argv[1])
    except (IndexError, ValueError):
        sys.exit("usage: byteorder.py N")
    if not 0 <= number <= MOST:
        sys.exit(f"{number} is no number from 0 to {MOST}")
    print(show(number.to_bytes(2, "big")))
    print(show(number.to_bytes(2, "little")))


if __name__ == "__main__":
    main()
