"""Mock core systems (基幹システム): two web dialects over one store, with their own screens, oracle and faults."""
