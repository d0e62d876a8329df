package revision

# METADATA
# entrypoint: true
answer := "toy1"
