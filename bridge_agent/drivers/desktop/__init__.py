"""Client programs driven with synthetic keys, the clipboard and pictures; the only home of pyautogui and OpenCV.

Its libraries are imported when a desk is opened, and only then: a terminal without a display can do everything else.
"""
