### Common words
