"""The chat, the library and the quality page as Gradio draws them."""
