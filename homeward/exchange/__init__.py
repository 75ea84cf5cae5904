"""Partners' files come in and cases go out: import, export, transfer bundles between installations."""
