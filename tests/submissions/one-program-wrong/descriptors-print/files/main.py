print("write to stdout")
print("write to stderr")
print("0 1 2")
