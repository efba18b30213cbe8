"""`python -m bridge_agent` is the same as the console command `bridge-agent`."""

from bridge_agent.cli import main

if __name__ == "__main__":
    main()
