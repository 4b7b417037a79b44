from attack import *

serve()
