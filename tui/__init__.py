"""The terminal interface: screens that paint what the headless core yields."""
