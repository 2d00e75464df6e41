### The summary
