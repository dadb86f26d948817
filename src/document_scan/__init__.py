"""Many documents read at once, into tables that can be asked: Parquet, for DuckDB.

`scan` takes a folder, a folder for the tables, a `Reader` and some workers: processes
of this machine, or those of a Dask cluster. See README.md.
"""

from document_scan.folder_scan import Report, Workers, cluster, processes, scan
from document_scan.table_reader import Reader, ScanError

__all__ = ["Reader", "Report", "ScanError", "Workers", "cluster", "processes", "scan"]
