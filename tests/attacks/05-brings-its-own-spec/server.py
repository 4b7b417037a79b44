# What grades a submission is never read from it.
# attack: status=failed codes=exited-early rungs=full
print("PASS")
