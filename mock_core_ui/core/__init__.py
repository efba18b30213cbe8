"""Mock core systems (基幹システム): two web dialects and one of a windowed client over one store, with their own screens, oracle and faults."""
