"""Settings: config.toml and the environment become one frozen Settings, or all complaints at once."""

from bot.config.complaints import Complaint, ConfigError
from bot.config.load import load_settings
from bot.config.settings import Settings

__all__ = ["Complaint", "ConfigError", "Settings", "load_settings"]
