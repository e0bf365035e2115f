"""Where the frozen program begins: PyInstaller takes a script, not a package."""

from tradeoff_desktop.__main__ import main

main()
