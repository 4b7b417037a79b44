n = int(input("angka: "))
if n < 0 or n > 65535:
    raise SystemExit("di luar rentang")
print("Big-endian")
print(hex(n >> 8), hex(n & 255))
print("Little-endian")
print(hex(n & 255), hex(n >> 8))
