"""The one path of an application through a night: collect, enter, settle, report, balance."""
