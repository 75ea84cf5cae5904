"""Pages: the profile of a person, assessments step by step, and answering what they propose."""
