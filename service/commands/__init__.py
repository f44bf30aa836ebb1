"""The commands of `rivalwatch`, one module per noun."""
