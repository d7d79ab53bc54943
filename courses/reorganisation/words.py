"""What the kinds of reorganisation are called, and what each does."""
from lms.kernel.i18n import _l

#: kind → (its name, what it does)
KIND_WORDS = {
    "rename": (_l("Rename"), _l("The unit goes on under a new name, with everybody in it.")),
    "merge": (_l("Merge"), _l("One unit or several go over to another, or to a new one.")),
    "split": (_l("Split"), _l("The unit ends; each person goes to one of several units.")),
    "dissolve": (_l("Dissolve"), _l("The unit ends and nobody follows it; posts in it end.")),
    "move": (_l("Move"), _l("The unit stands under another one, with all below it.")),
    "transfer": (_l("Hand over a function"),
                 _l("The unit goes on; some people, classes and courses go to another unit.")),
}
