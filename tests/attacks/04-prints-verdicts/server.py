# What a submission prints is no verdict: nothing was listened to, so nothing passed.
# attack: status=failed codes=exited-early rungs=full,landlock
print('{"scores": {"P": 100}}\nGrade :=>> 100\n1..1\nok 1\n::add-mask::x\n::stop-commands::y\nPASS', flush=True)
