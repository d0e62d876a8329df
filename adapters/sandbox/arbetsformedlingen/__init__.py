"""SSBTEK v10 in the sandbox, with the registers of Arbetsförmedlingen and the a-kassor behind it."""
