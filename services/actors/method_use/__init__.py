"""Method uses: on which days a method was used, each of them a note of its own."""
