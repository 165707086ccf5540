"""The institution's own data: units and staff, from a TOML file into the register.

`python -m infra.institution --stage prod --file institution.toml` shows what would change, `--apply` writes it.
"""
