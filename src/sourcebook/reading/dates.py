"""(first version follows)"""
