"""INCEpTION and WebAnno: TSV, XMI and CAS JSON, over the same layers."""
