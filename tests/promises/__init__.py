"""What we promise in docs/security.md, each as a test named like the promise."""
