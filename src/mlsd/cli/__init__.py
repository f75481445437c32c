"""The terminal: the only room that knows there is one."""
