"""What can be asked: figures for those who manage, and files for regulators."""

from .figures import Figures, Report
from .filing import File, Filing

__all__ = ["Figures", "File", "Filing", "Report"]
