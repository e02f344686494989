"""One module per visible panel."""
