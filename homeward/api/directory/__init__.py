"""The public directory of services at `/hsds/`: a conforming read API after HSDS 3.1, without signing in."""
