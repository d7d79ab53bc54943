"""What somebody proposes who may not do it: whoever may does it in the usual way, or declines."""
