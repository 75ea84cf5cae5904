"""Pages of messages to telephones: the channels of an organisation, and what was written on a case."""
