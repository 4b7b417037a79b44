import attack

attack.say("TRIED")
attack.serve()
