"""Operations: the command line for those who run the house."""
