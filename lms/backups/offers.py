"""What the rooms above add to the trial of a backup."""
from lms.kernel.offers import Offers

#: ``()`` → the words of a command of ``flask`` that ends with a fault where what is restored is
#: not as it should be.
checks = Offers()
